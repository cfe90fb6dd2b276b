package dev.countersign.sign;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;

/** A body that is marked to be left out of the signature. */
final class UnsignedBody implements BodyPublisher {
    private final BodyPublisher body;

    UnsignedBody(BodyPublisher body) {
        this.body = Objects.requireNonNull(body, "body");
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(subscriber);
    }
}
