import fc from "fast-check";

// Properties that wait for nothing but each other let no timer fire: making a failing case smaller would go on for hours.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000 });
