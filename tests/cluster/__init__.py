"""The chart on a real Kubernetes: API server, controllers and scheduler from source, and a node that runs pods."""
