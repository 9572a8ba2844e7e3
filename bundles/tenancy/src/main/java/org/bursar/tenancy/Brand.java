package org.bursar.tenancy;

import java.util.Optional;

/**
 * How a tenant presents itself.
 *
 * @param colour such as {@code #0b6b62}, as the tenant chose it
 * @param version counts changes
 */
public record Brand(String name, Optional<String> colour, Optional<String> supportEmail, long version) {}
