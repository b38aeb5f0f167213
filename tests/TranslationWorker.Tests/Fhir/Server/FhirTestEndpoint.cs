using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Where the web servers of tests listen.</summary>
internal static class FhirTestEndpoint
{
    /// <summary>By TLS with a certificate, which then wants one of <c>CN=gateway</c>; plain without.</summary>
    public static void Secure(ListenOptions endpoint, X509Certificate2? identity)
    {
        if (identity is not null)
            endpoint.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = identity,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => certificate.Subject == "CN=gateway",
            });
    }
}
