package dev.countersign.sign;

import static dev.countersign.sign.SigningException.Reason.BAD_CREDENTIALS;
import static dev.countersign.sign.SigningException.Reason.BAD_HEADER;
import static dev.countersign.sign.SigningException.Reason.BAD_SCOPE;
import static dev.countersign.sign.SigningException.Reason.MISSING_CREDENTIALS;
import static dev.countersign.sign.SigningException.Reason.MISSING_SCOPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes a {@link Signer}; see {@link Signer#builder}. What is not set is left out; null unsets it. */
public final class SignerBuilder {
    final String accessKey;
    final String secretKey;
    Algorithm algorithm = Algorithm.SDK_HMAC_SHA256;
    String region;
    String service;
    private String securityToken;
    private String projectId;
    private String domainId;

    SignerBuilder(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Signs with another algorithm.
     *
     * @param algorithm {@link Algorithm#V11_HMAC_SHA256} also needs {@link #scope}
     * @return this
     */
    public SignerBuilder algorithm(Algorithm algorithm) {
        this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
        return this;
    }

    /**
     * Region and service of {@link Algorithm#V11_HMAC_SHA256}; the day is that of the signing time.
     *
     * @param region letters, digits, {@code -}, {@code _} and {@code .}
     * @param service of the same characters
     * @return this
     */
    public SignerBuilder scope(String region, String service) {
        this.region = region;
        this.service = service;
        return this;
    }

    /**
     * Adds and signs {@code X-Security-Token}: the key pair is a temporary one.
     *
     * @param securityToken issued with the key pair
     * @return this
     */
    public SignerBuilder securityToken(String securityToken) {
        this.securityToken = securityToken;
        return this;
    }

    /**
     * Adds and signs {@code X-Project-Id}.
     *
     * @param projectId the project to act in
     * @return this
     */
    public SignerBuilder projectId(String projectId) {
        this.projectId = projectId;
        return this;
    }

    /**
     * Adds and signs {@code X-Domain-Id}.
     *
     * @param domainId the account to act in
     * @return this
     */
    public SignerBuilder domainId(String domainId) {
        this.domainId = domainId;
        return this;
    }

    /**
     * Makes the signer.
     *
     * @return the signer
     * @throws SigningException {@code MissingCredentials}, {@code BadCredentials}, {@code BadHeader} for an id that
     *     cannot be sent, {@code UnsupportedAlgorithm}, {@code MissingScope} or {@code BadScope}
     */
    public Signer build() {
        checkCredentials();
        Hash hash = Hash.require(algorithm);
        if (algorithm.isScoped()) {
            checkScope();
        }
        return new Signer(this, hash);
    }

    /** Project, domain and token, in the order in which they are added. */
    List<Header> identity() {
        List<Header> headers = new ArrayList<>();
        add(Names.PROJECT_ID, projectId, BAD_HEADER, headers);
        add(Names.DOMAIN_ID, domainId, BAD_HEADER, headers);
        add(Names.SECURITY_TOKEN, securityToken, BAD_CREDENTIALS, headers);
        return headers;
    }

    private static void add(String name, String text, SigningException.Reason refusal, List<Header> headers) {
        if (text == null) {
            return;
        }
        String value = Wire.headerValue(text);
        if (value == null || value.isEmpty()) {
            throw new SigningException(refusal,
                "the value of " + name + " is blank or has a control character; copy it again");
        }
        headers.add(new Header(name, Wire.trim(text)));
    }

    private void checkCredentials() {
        if (accessKey == null || accessKey.isEmpty() || secretKey == null || secretKey.isEmpty()) {
            throw new SigningException(MISSING_CREDENTIALS, "set both access key and secret key");
        }
        if (!Characters.ACCESS_KEY.hasAll(accessKey) || algorithm.isScoped() && accessKey.indexOf('/') >= 0) {
            throw new SigningException(BAD_CREDENTIALS,
                "the access key has a blank, a comma or another separator; copy it again");
        }
    }

    private void checkScope() {
        if (region == null || region.isEmpty() || service == null || service.isEmpty()) {
            throw new SigningException(MISSING_SCOPE, algorithm + " needs region and service");
        }
        if (!Characters.SCOPE.hasAll(region) || !Characters.SCOPE.hasAll(service)) {
            throw new SigningException(BAD_SCOPE, "region and service are letters, digits, '-', '_' and '.'");
        }
    }
}
