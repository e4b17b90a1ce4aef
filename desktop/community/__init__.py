"""The domain: plain values and rules. No Qt, no SQL, no network, no clock of its own."""
