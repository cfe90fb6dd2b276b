/** Guards servlets: lets through what the gateway signed. */
package dev.countersign.servlet;
