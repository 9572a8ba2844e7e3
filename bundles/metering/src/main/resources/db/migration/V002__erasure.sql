-- events are never changed but for this: what a source told of an erased customer's usage beside its quantity goes
grant update (attributes) on metering.usage_event to ${app};
