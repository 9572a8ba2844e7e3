package org.bursar.purchases;

/** Why an automatic top-up was turned off by itself; a person turns it on again. */
public enum TopUpStop {
    /** Three charges in a row were refused. */
    DECLINED,
    /** The method is gone, past its date, or taken for fraud: no further try would mend that. */
    METHOD_UNUSABLE,
    /** The method was removed. */
    METHOD_REMOVED,
    /** A payment by the method is disputed. */
    DISPUTED,
    /** A payment by the method was paid back: charging it again at once would undo that. */
    REFUNDED,
    /** The package costs more, or gives less, than was agreed to. */
    PACKAGE_CHANGED,
    /** The package is no longer sold. */
    PACKAGE_INACTIVE
}
