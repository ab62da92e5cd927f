package com.acme

import com.acme.Clustering.Centers
import com.acme.Clustering.Points
import java.util.Locale
import java.util.random.RandomGenerator
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.hlo4j.BufferPromise
import org.hlo4j.Device
import org.hlo4j.Pjrt

private const val STEPS = 12
private const val ATTEMPTS = 8

/** What an attempt has found. */
data class Found(val attempt: Int, val spread: Float, val centers: FloatArray)

/** Points around (0, 0), (5, 1) and (2, 6). */
fun points(): FloatArray {
  val random = java.util.SplittableRandom(1)
  val middles = listOf(0.0 to 0.0, 5.0 to 1.0, 2.0 to 6.0)
  return FloatArray(600) { i ->
    val (x, y) = middles[i / 2 % 3]
    ((if (i % 2 == 0) x else y) + random.nextGaussian()).toFloat()
  }
}

/** Moves centers from somewhere to where clusters are: all steps are under way before the first has ended. */
suspend fun attempt(number: Int, device: Device, points: BufferPromise<Points>): Found {
  val kernels = ClusteringKernels.async(device)
  val random: RandomGenerator = java.util.SplittableRandom(number.toLong())
  val start = FloatArray(6) { random.nextDouble(-20.0, 20.0).toFloat() }
  var step = kernels.step(points, device.putAsync(Centers::class.java, start))
  repeat(STEPS) { step = kernels.step(points, step.centers()) }
  val spread = step.spread().toFloatArrayAsync()
  val centers = step.centers().toFloatArrayAsync()
  return Found(number, spread.await()[0], centers.await())
}

fun main() = runBlocking {
  Pjrt.builder().allowDownload().open().use { client ->
    val device = client.device()
    ClusteringKernels.prepare(device).await()
    val points = device.putAsync(Points::class.java, points())
    val found = (1..ATTEMPTS).map { async { attempt(it, device, points) } }.awaitAll()
    println("attempt   spread   centers")
    for (each in found.sortedBy { it.spread }) {
      val places =
        each.centers.toList().chunked(2).sortedBy { it[0] }.joinToString("  ") { (x, y) ->
          String.format(Locale.ROOT, "(%4.1f, %4.1f)", x, y)
        }
      println(String.format(Locale.ROOT, "%7d %8.1f   %s", each.attempt, each.spread, places))
    }
  }
}
