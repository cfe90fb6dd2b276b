use countersign_sign::Signer;
use countersign_sign_http::{Client, Clock};
use countersign_types::{AccessKeyId, SecretKey};
use std::env::var;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app_key = AccessKeyId::parse(&var("COUNTERSIGN_ACCESS_KEY")?)?;
    let signer = Signer::new(app_key, SecretKey::new(var("COUNTERSIGN_SECRET_KEY")?));
    let http = reqwest::Client::new();

    let request = http.get(var("COUNTERSIGN_URL")?).header("Host", var("COUNTERSIGN_HOST")?).build()?;
    let client = Client::new(http, signer).clock(Clock::system().correcting());
    let answer = client.execute(request).await?;

    let status = answer.status();
    println!("{status}\n{}", answer.text().await?);
    if status.is_success() { Ok(()) } else { Err("the call was refused".into()) }
}
