package dev.countersign.sign;

/** Header names and literals of the protocol (clauses 2 and 6). */
final class Names {
    static final String AUTHORIZATION = "Authorization";
    static final String HOST = "Host";
    static final String DATE = "X-Sdk-Date";
    static final String CONTENT_SHA256 = "X-Sdk-Content-Sha256";
    static final String CONTENT_SM3 = "X-Sdk-Content-Sm3";
    static final String SECURITY_TOKEN = "X-Security-Token";
    static final String PROJECT_ID = "X-Project-Id";
    static final String DOMAIN_ID = "X-Domain-Id";
    static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    private Names() {}
}
