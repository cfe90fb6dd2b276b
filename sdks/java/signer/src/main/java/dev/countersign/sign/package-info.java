/**
 * Signs and verifies requests by the SDK-HMAC-SHA256 protocol and its sister algorithms.
 *
 * <p>A {@link dev.countersign.sign.Signer} tells which headers to add to a request; it neither sends nor changes it. A
 * {@link dev.countersign.sign.Verifier} tells a backend who signed what it received. The clauses cited are those of the
 * project's specification, {@code spec/protocol.md}.
 */
package dev.countersign.sign;
