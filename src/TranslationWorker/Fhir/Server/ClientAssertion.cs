using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.TranslationWorker;

/// <summary>Who asks for a token, signed with the key of the client (RFC 7523; SMART App Launch, "Backend Services").</summary>
internal static class ClientAssertion
{
    // The profile allows 5 minutes; clocks differ.
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(4);

    /// <param name="pem">A private key: RSA signs by RS384, EC P-384 by ES384, P-256 by ES256.</param>
    /// <exception cref="FhirServerException">It is no such key.</exception>
    public static string Write(string pem, string? keyId, string client, Uri audience, DateTimeOffset now)
    {
        using var key = Read(pem);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client,
            Audience = audience.OriginalString,
            Subject = new ClaimsIdentity([new("sub", client), new("jti", Guid.CreateVersion7(now).ToString())]),
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lasts).UtcDateTime,
            SigningCredentials = Credentials(key, keyId),
        });
    }

    private static AsymmetricAlgorithm Read(string pem)
    {
        foreach (var key in (AsymmetricAlgorithm[])[RSA.Create(), ECDsa.Create()])
        {
            try
            {
                key.ImportFromPem(pem);
                return key;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                key.Dispose();
            }
        }
        throw FhirServerException.Away("Fhir:Server:KeyFile is no private key, RSA or EC, in PEM");
    }

    private static SigningCredentials Credentials(AsymmetricAlgorithm key, string? keyId)
    {
        // A provider that is kept would sign with a key that was disposed of.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        return key is RSA rsa
            ? new(new RsaSecurityKey(rsa) { KeyId = keyId, CryptoProviderFactory = factory }, SecurityAlgorithms.RsaSha384)
            : new(
                new ECDsaSecurityKey((ECDsa)key) { KeyId = keyId, CryptoProviderFactory = factory },
                key.KeySize == 256 ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.EcdsaSha384);
    }
}
