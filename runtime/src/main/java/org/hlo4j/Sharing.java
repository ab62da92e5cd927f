package org.hlo4j;

import org.hlo4j.type.Element;

/** Makes further holders of a tensor's buffer, which need not be there yet. */
final class Sharing {
  private Sharing() {}

  /** Another holder; either may be closed without the other. */
  static <T extends Element> BufferPromise<T> share(Tensor<T> tensor) {
    DeviceBuffer<T> made = tensor.made();
    PendingBuffer<T> pending = tensor.pending();
    if (made != null || pending == null) {
      return new BufferPromise<>(tensor.buffer().share());
    }
    PendingBuffer<T> shared =
        new PendingBuffer<>(pending.shape(), pending.device(), pending.origin());
    var unused =
        pending
            .share()
            .whenComplete(
                (buffer, thrown) -> {
                  if (thrown == null) {
                    shared.resolve(buffer);
                  } else {
                    shared.fail(thrown);
                  }
                });
    return new BufferPromise<>(shared);
  }

  /** A holder in place of the tensor, which is spent unless it is retained. */
  static <T extends Element> BufferPromise<T> move(Tensor<T> tensor) {
    BufferPromise<T> moved = share(tensor);
    if (tensor instanceof RetainedTensor) {
      return moved;
    }
    CallSite site = CallSite.here("a Ref", null);
    DeviceBuffer<T> made = tensor.made();
    PendingBuffer<T> pending = tensor.pending();
    if (made != null) {
      made.spend(site);
    } else if (pending != null) {
      pending.spend(site);
    }
    return moved;
  }
}
