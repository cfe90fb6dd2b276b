module countersign.invalid/consumer

go 1.19

require github.com/countersign/countersign/sdks/go v0.1.0
