"""Redirects links that leave docs/ to the repository on its Git host."""

import posixpath
import re

LINK = re.compile(r"(\]\()(\.\./[^)#\s]*)")


def on_page_markdown(markdown, page, config, files):
    folder = posixpath.dirname(page.file.src_uri)

    def leading_out(match):
        target = posixpath.normpath(posixpath.join("docs", folder, match[2]))
        if target.startswith("docs/") or target == "docs":
            return match[0]
        return match[1] + posixpath.join(config.extra["repository"], "blob/main", target)

    return LINK.sub(leading_out, markdown)
