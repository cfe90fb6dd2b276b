use countersign_sign::Signer;
use countersign_sign_http::Client;
use countersign_types::{AccessKeyId, ProjectId, SecretKey, SecurityToken};
use std::env::var;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let access_key = AccessKeyId::parse(&var("COUNTERSIGN_ACCESS_KEY")?)?;
    let signer = Signer::new(access_key, SecretKey::new(var("COUNTERSIGN_SECRET_KEY")?))
        .security_token(SecurityToken::new(var("COUNTERSIGN_SECURITY_TOKEN")?))
        .project_id(ProjectId::parse(&var("COUNTERSIGN_PROJECT_ID")?)?);
    let http = reqwest::Client::new();

    let request = http.get(var("COUNTERSIGN_URL")?).build()?;
    let answer = Client::new(http, signer).execute(request).await?;

    let status = answer.status();
    println!("{status}\n{}", answer.text().await?);
    if status.is_success() { Ok(()) } else { Err("the call was refused".into()) }
}
