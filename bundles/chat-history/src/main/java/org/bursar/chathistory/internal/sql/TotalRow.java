package org.bursar.chathistory.internal.sql;

import org.bursar.kernel.CustomerId;

/** How much a customer has. */
public record TotalRow(CustomerId customerId, long threads, long messages) {}
