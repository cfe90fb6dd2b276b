// Package countersign signs requests of the Huawei-Cloud family of APIs with an access key and a secret key, and
// verifies such signatures in backends. It has no dependencies.
//
// A [Signer] returns the headers to add to a request. It neither sends nor changes the request; [Signer.SignRequest]
// adds them to an [net/http.Request], and [Transport] signs whatever an [net/http.Client] sends:
//
//	signer, err := countersign.NewSigner(accessKey, secretKey)
//	if err != nil {
//		return err
//	}
//	client := &http.Client{Transport: &countersign.Transport{Signer: signer}}
//
// A [Verifier] is the other side. [Verifier.Handler] guards an [net/http.Handler]:
//
//	verifier := &countersign.Verifier{Keys: countersign.Keys(map[string]string{accessKey: secretKey})}
//	http.ListenAndServe(address, verifier.Handler(backend))
//
// Comments name the clauses of the protocol, which is spec/protocol.md of this repository.
package countersign

// Version is that of this library.
const Version = "0.1.0"
