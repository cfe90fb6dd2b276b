//! api-apig
