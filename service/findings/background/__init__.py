"""The patient beside the operation: risks, devices, contraindications, other causes of pain."""
