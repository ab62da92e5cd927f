package com.acme

import kotlinx.coroutines.future.await
import org.hlo4j.Promise

/** The value, for which no thread waits. */
suspend fun <T> Promise<T>.await(): T = toCompletableFuture().await()
