/** Signs what {@code java.net.http} sends. */
package dev.countersign.sign.http;
