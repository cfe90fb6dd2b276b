package dev.countersign.sign;

import java.util.Objects;

/** One header line. */
public final class Header {
    private final String name;
    private final String value;

    /**
     * A header line.
     *
     * @param name in any case
     * @param value of this line alone
     */
    public Header(String name, String value) {
        this.name = Objects.requireNonNull(name, "name");
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * The name.
     *
     * @return as given
     */
    public String name() {
        return name;
    }

    /**
     * The value.
     *
     * @return as given
     */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Header && name.equals(((Header) other).name) && value.equals(((Header) other).value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value);
    }

    /** The name alone, as values may be confidential. */
    @Override
    public String toString() {
        return name;
    }
}
