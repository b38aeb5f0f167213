using System.ComponentModel.DataAnnotations;
using System.Net;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>The <c>Dicom</c> section, checked before the port is opened. Limits of the protocol are <see cref="DicomServerOptions"/>, in
/// the same section.</summary>
public sealed class DicomListenerOptions : IValidatableObject
{
    public const string Section = "Dicom";

    /// <summary>Called AE title this node answers to.</summary>
    public string AeTitle { get; init; } = "GATEWAY";

    /// <summary>Where the port is opened; beyond loopback only on purpose. <c>0.0.0.0</c> is every interface.</summary>
    public string Address { get; init; } = "127.0.0.1";

    [Range(1, 65_535)]
    public int Port { get; init; } = 11_112;

    /// <summary>Who may associate; without any, <c>SCANNER</c> on this machine.</summary>
    [ValidateEnumeratedItems]
    public List<CallerOptions> Callers { get; } = [];

    /// <summary>Associations open at once; one more is refused for now.</summary>
    [Range(1, 10_000)]
    public int MaxAssociations { get; init; } = 25;

    [ValidateObjectMembers]
    public CompletionOptions Completion { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DicomNetwork.AeTitle.TryParse(AeTitle, out _))
            yield return new ValidationResult("Dicom:AeTitle is 1 to 16 printable ASCII characters without a backslash.", [nameof(AeTitle)]);
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult("Dicom:Address is an IP address.", [nameof(Address)]);
    }

    /// <summary>The entry that lets a peer in; null: none does.</summary>
    public CallerOptions? Find(AssociationRequest request) =>
        CallersOf(request.CallingAe).Find(caller => caller.ComesFrom(request.Remote) && caller.HasSubject(request.TlsSubject));

    /// <summary>The entries of a title; none: it is not known.</summary>
    public List<CallerOptions> CallersOf(AeTitle title) => Callers.FindAll(caller => caller.AeTitle.Trim() == title.Value);
}
