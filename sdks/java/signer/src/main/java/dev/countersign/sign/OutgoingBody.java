package dev.countersign.sign;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The body of a request of {@code java.net.http}: its bytes, which may be sent again, or one that is not signed. */
final class OutgoingBody {
    private final BodyPublisher publisher;
    /** Null: not signed. */
    private final byte[] bytes;

    private OutgoingBody(BodyPublisher publisher, byte[] bytes) {
        this.publisher = publisher;
        this.bytes = bytes;
    }

    /** The body, once its publisher has published it. */
    static CompletableFuture<OutgoingBody> of(HttpRequest request) {
        BodyPublisher publisher = request.bodyPublisher().orElseGet(BodyPublishers::noBody);
        if (publisher instanceof UnsignedBody) {
            return CompletableFuture.completedFuture(new OutgoingBody(publisher, null));
        }
        Collector collector = new Collector();
        publisher.subscribe(collector);
        return collector.whole.thenApply(bytes -> new OutgoingBody(
            bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes), bytes));
    }

    BodyPublisher publisher() {
        return publisher;
    }

    void describe(Request.Builder request) {
        if (bytes == null) {
            request.unsignedPayload();
        } else {
            request.body(bytes);
        }
    }

    /** Takes in what is published. */
    private static final class Collector implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.write(copy, 0, copy.length);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
