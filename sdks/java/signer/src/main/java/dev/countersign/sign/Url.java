package dev.countersign.sign;

import java.net.URI;

/** Target and Host header of a URL, as Java's HTTP clients send them. */
final class Url {
    private Url() {}

    /** Path and query, in ASCII. */
    static String target(URI url) {
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + '?' + ascii.getRawQuery();
    }

    /** The host, with the port if it is not the scheme's own. */
    static String host(URI url) {
        if (url.getHost() == null) {
            throw new SigningException(SigningException.Reason.MISSING_HOST,
                "the URL has no host; write https://host/path");
        }
        int own = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == own ? url.getHost() : url.getHost() + ':' + url.getPort();
    }

    /** The URL in ASCII, without what is not sent: user, the scheme's own port, fragment. */
    static URI normal(URI url) {
        return URI.create(url.getScheme() + "://" + host(url) + target(url));
    }
}
