package org.hlo4j.processor.verify;

import java.util.concurrent.CompletableFuture;

/**
 * A program that waits for its verdict.
 *
 * @param request the program
 * @param verdict completes once
 */
record Job(Request request, CompletableFuture<Verdict> verdict) {}
