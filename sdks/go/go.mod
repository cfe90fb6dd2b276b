module github.com/countersign/countersign/sdks/go

go 1.19
