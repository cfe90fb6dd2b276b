package dev.countersign.sign;

import static dev.countersign.sign.VerificationException.Reason.MALFORMED_AUTHORIZATION;
import static dev.countersign.sign.VerificationException.Reason.MISSING_ACCESS_KEY;
import static dev.countersign.sign.VerificationException.Reason.MISSING_AUTHORIZATION;
import static dev.countersign.sign.VerificationException.Reason.UNSUPPORTED_ALGORITHM;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parsed header that carries a signature (clause 2), in wire text. */
final class Authorization {
    private static final int PARAMETERS = 3;
    private static final int SCOPE_PARTS = 3;
    private static final int SIGNED_NAMES_MAX = 100;
    private static final int SIGNATURE_DIGITS = 64;

    final Algorithm algorithm;
    final String accessKey;
    /** {@code yyyymmdd/region/service} of scoped algorithms, else empty. */
    final String scope;
    /** In the order given, joined with {@code ;}. */
    final String signedNames;
    final String signature;

    private Authorization(Algorithm algorithm, String credential, String signedNames, String signature)
            throws VerificationException {
        int slash = algorithm.isScoped() ? credential.indexOf('/') : credential.length();
        if (slash < 0) {
            throw malformed("Credential has no scope");
        }
        this.algorithm = algorithm;
        accessKey = credential.substring(0, slash);
        scope = algorithm.isScoped() ? credential.substring(slash + 1) : "";
        this.signedNames = signedNames;
        this.signature = signature;
    }

    static Authorization parse(String header) throws VerificationException {
        int end = 0;
        while (end < header.length() && !Wire.isBlank(header.charAt(end))) {
            end++;
        }
        Algorithm algorithm = algorithm(header.substring(0, end));
        String[] parameters = header.substring(end).split(",", -1);
        String credential = parameter(parameters, 0, algorithm.isScoped() ? "Credential=" : "Access=");
        String signedNames = parameter(parameters, 1, "SignedHeaders=");
        String signature = parameter(parameters, 2, "Signature=");
        if (credential == null) {
            throw missingAccessKey();
        }
        if (signedNames == null || signature == null || parameters.length > PARAMETERS) {
            throw malformed("the parameters are not access key, SignedHeaders and Signature in this order");
        }
        Authorization authorization = new Authorization(algorithm, credential, signedNames, signature);
        authorization.check();
        return authorization;
    }

    /** Headers of other schemes are none of ours (clause 2.2). */
    private static Algorithm algorithm(String token) throws VerificationException {
        String family = token.length() < 4 ? "" : token.substring(0, 4).toUpperCase(Locale.ROOT);
        if (!family.equals("SDK-") && !family.equals("V11-")) {
            throw missing();
        }
        Algorithm algorithm = Algorithm.find(token);
        if (algorithm == null) {
            throw new VerificationException(UNSUPPORTED_ALGORITHM, "sign with an algorithm that is accepted here");
        }
        return algorithm;
    }

    static VerificationException missing() {
        return new VerificationException(MISSING_AUTHORIZATION, "the request has no signature; sign it");
    }

    /** The value of a parameter; null if another one stands in its place. */
    private static String parameter(String[] parameters, int position, String keyword) {
        String parameter = position < parameters.length ? Wire.trim(parameters[position]) : "";
        return parameter.startsWith(keyword) ? parameter.substring(keyword.length()) : null;
    }

    private void check() throws VerificationException {
        List<String> parts = List.of(scope.split("/", -1));
        if (algorithm.isScoped() && (parts.size() != SCOPE_PARTS || parts.contains(""))) {
            throw malformed("the scope is not day/region/service");
        }
        if (accessKey.isEmpty()) {
            throw missingAccessKey();
        }
        if (!Characters.ACCESS_KEY.hasAll(accessKey) || !Characters.ACCESS_KEY.hasAll(scope)) {
            throw malformed("access key or scope has a character that is not visible");
        }
        checkSignedNames();
        if (signature.length() != SIGNATURE_DIGITS || !Characters.LOWER_HEX.hasAll(signature)) {
            throw malformed("Signature is not 64 lower-case hex digits");
        }
    }

    private void checkSignedNames() throws VerificationException {
        Set<String> unique = new HashSet<>();
        String[] names = names();
        for (String name : names) {
            if (!Characters.LOWER_TOKEN.make(name) || !unique.add(name)) {
                throw malformed("SignedHeaders has a name twice, or one that is no lower-case header name");
            }
        }
        if (names.length > SIGNED_NAMES_MAX || unique.contains("authorization") || !unique.contains("x-sdk-date")) {
            throw malformed("SignedHeaders has too many names, or authorization, or not x-sdk-date");
        }
    }

    /** The signed names in the order given. */
    String[] names() {
        return signedNames.split(";", -1);
    }

    /** Whether the scope, if there is one, is of the day of X-Sdk-Date. */
    boolean isOfDay(String date) {
        return !algorithm.isScoped() || scope.startsWith(date.substring(0, 8) + '/');
    }

    private static VerificationException missingAccessKey() {
        return new VerificationException(MISSING_ACCESS_KEY, "Access or Credential is empty in Authorization");
    }

    static VerificationException malformed(String reason) {
        return new VerificationException(MALFORMED_AUTHORIZATION, "malformed Authorization header: " + reason);
    }
}
