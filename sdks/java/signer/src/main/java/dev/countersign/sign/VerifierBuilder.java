package dev.countersign.sign;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Makes a {@link Verifier}; see {@link Verifier#builder(Function)}. */
public final class VerifierBuilder {
    final Function<String, String> secrets;
    boolean acceptsUnsignedPayload = true;
    String header = Names.AUTHORIZATION;
    private Algorithm[] algorithms = {Algorithm.SDK_HMAC_SHA256};

    VerifierBuilder(Function<String, String> secrets) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
    }

    /**
     * Accepts these algorithms instead of {@code SDK-HMAC-SHA256} alone.
     *
     * @param algorithms at least one
     * @return this
     */
    public VerifierBuilder algorithms(Algorithm... algorithms) {
        this.algorithms = algorithms.clone();
        return this;
    }

    /**
     * Refuses signatures that leave the body out ({@code UNSIGNED-PAYLOAD}).
     *
     * @return this
     */
    public VerifierBuilder refuseUnsignedPayload() {
        acceptsUnsignedPayload = false;
        return this;
    }

    /**
     * Reads the signature from another header than {@code Authorization}.
     *
     * @param name in any case
     * @return this
     */
    public VerifierBuilder header(String name) {
        header = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Makes the verifier.
     *
     * @return the verifier
     * @throws SigningException {@code UnsupportedAlgorithm} if the platform lacks one
     */
    public Verifier build() {
        return new Verifier(this);
    }

    Map<Algorithm, Hash> hashes() {
        Map<Algorithm, Hash> hashes = new EnumMap<>(Algorithm.class);
        for (Algorithm algorithm : algorithms) {
            hashes.put(algorithm, Hash.require(algorithm));
        }
        return hashes;
    }
}
