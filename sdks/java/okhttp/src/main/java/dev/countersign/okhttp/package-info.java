/** Signs what OkHttp sends. */
package dev.countersign.okhttp;
