"""Highlights MLIR on the site: Pygments has no lexer for it."""

from pygments.lexer import RegexLexer
from pygments.lexers import LEXERS
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text


__all__ = ["MlirLexer"]


class MlirLexer(RegexLexer):
    name = "MLIR"
    aliases = ["mlir"]
    tokens = {
        "root": [
            (r"\s+", Text.Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r'"(?:\\.|[^"\\])*"', String),
            (r"@[\w$.-]+", Name.Function),
            (r"%[\w$.-]+(?:#\d+)?", Name.Variable),
            (r"[#!][\w$.-]+", Name.Constant),
            (r"\^\w+", Name.Label),
            (r"(?:tensor|tuple|complex)\b|!\w+\.\w+", Keyword.Type),
            (r"(?<=[x<])(?:[su]?i\d+|b?f\d+\w*)\b", Keyword.Type),
            (r"\b(?:[su]?i\d+|b?f\d+\w*|index)\b", Keyword.Type),
            (r"\b(?:module|func\.func|return|attributes|public|private|dense|array|loc)\b", Keyword),
            (r"\b\w+(?:\.\w+)+\b", Name.Builtin),
            (r"-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+(?:[eE][-+]?\d+)?)?)", Number),
            (r"x(?=[\d\w])", Operator),
            (r"\w+", Name),
            (r"->|[=:<>?*+-]", Operator),
            (r"[(){}\[\],|]", Punctuation),
            (r".", Text),
        ]
    }


# Where Pygments looks for the lexer of a name.
LEXERS["MlirLexer"] = (__name__, "MLIR", ("mlir",), (), ())
