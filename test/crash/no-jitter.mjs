// Preloaded into a runner: its waits have no jitter.
Math.random = () => 0;
