using System.ComponentModel.DataAnnotations;
using System.Net;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>The <c>Dicom</c> section: an acceptor of associations (PS3.8 §7.1.2) and what it does with studies. Checked before the port is
/// opened. Limits of the protocol are <see cref="DicomServerOptions"/>, in the same section.</summary>
public sealed class DicomListenerOptions : IValidatableObject
{
    /// <summary>Where the settings of an acceptor (PS3.8 §7.1.2) lie in the configuration.</summary>
    public const string Section = "Dicom";

    /// <summary>Called AE title this node answers to (PS3.8 §9.3.2).</summary>
    public string AeTitle { get; init; } = "GATEWAY";

    /// <summary>Where the port (PS3.8 §9.1.1) is opened; beyond loopback only on purpose. <c>0.0.0.0</c> is every interface.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The TCP port (PS3.8 §9.1.1); 11112 is registered for DICOM, 104 needs privileges.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 11_112;

    /// <summary>Who may associate (PS3.8 §7.1.1); without any, <c>SCANNER</c> on this machine.</summary>
    [ValidateEnumeratedItems]
    public List<CallerOptions> Callers { get; } = [];

    /// <summary>Associations open at once; one more is refused for now, 2/3/1 (PS3.8 §9.3.4).</summary>
    [Range(1, 10_000)]
    public int MaxAssociations { get; init; } = 25;

    /// <summary>How long a sender waits for a database that does not answer before it is told to try again (A700, PS3.4 §B.2.3). What it
    /// was not told Success of may still be stored.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan DatabaseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a report of failure waits for images that are still on their way when their storage commitment is asked for
    /// (PS3.4 §J.3). At most an hour; zero reports at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CommitmentWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When a study counts as complete; C-STORE (PS3.7 §9.1.1) does not say it.</summary>
    [ValidateObjectMembers]
    public CompletionOptions Completion { get; init; } = new();

    /// <summary>The settings that are no AE title (PS3.5 §6.2) or no address.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DicomNetwork.AeTitle.TryParse(AeTitle, out _))
            yield return new ValidationResult(
                "Dicom:AeTitle is 1 to 16 printable ASCII characters without a backslash.", [nameof(AeTitle)]);
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult("Dicom:Address is an IP address.", [nameof(Address)]);
    }

    /// <summary>The entry that lets the requestor of an association (PS3.8 §7.1.1) in; null: none does.</summary>
    public CallerOptions? Find(AssociationRequest request) => Find(request.CallingAe.Value, request.Remote, request.TlsSubject);

    /// <summary>The entry that let an association in. It is found by what the association's row keeps, so that every replica finds the same
    /// one, also after a restart. If no entry matches any more, it is the first one of that title.</summary>
    internal CallerOptions? Find(Association row) =>
        (IPAddress.TryParse(row.RemoteAddress, out var remote) ? Find(row.CallingAe, remote, row.TlsSubject) : null)
        ?? CallersOf(row.CallingAe).FirstOrDefault();

    /// <summary>The entries of a calling AE title (PS3.8 §9.3.2); none: it is not known.</summary>
    public List<CallerOptions> CallersOf(AeTitle title) => CallersOf(title.Value);

    private CallerOptions? Find(string title, IPAddress remote, string? tlsSubject) =>
        CallersOf(title).Find(caller => caller.ComesFrom(remote) && caller.HasSubject(tlsSubject));

    private List<CallerOptions> CallersOf(string title) => Callers.FindAll(caller => caller.AeTitle.Trim() == title);
}
