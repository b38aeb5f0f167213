using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.DicomNetwork;
using Gateway.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>docs/dicom-conformance.md is what other vendors' engineers read: it says what the code does.</summary>
public sealed partial class ConformanceStatementTests
{
    private static readonly string Statement = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dicom-conformance.md"));

    /// <summary>Every UID the data dictionary names.</summary>
    private static IEnumerable<DicomUID> Standard =>
        typeof(DicomUID).GetProperties(BindingFlags.Static | BindingFlags.Public).Select(property => property.GetValue(null))
            .Concat(typeof(DicomUID).GetFields(BindingFlags.Static | BindingFlags.Public).Select(constant => constant.GetValue(null)))
            .OfType<DicomUID>();

    [Fact]
    public void Its_storage_SOP_classes_are_those_we_take()
    {
        var taken = Standard.Where(uid => uid.Type == DicomUidType.SOPClass && SopClasses.IsStorage(uid.UID)).Select(uid => uid.UID);

        Assert.Equal(taken.Distinct().Order(StringComparer.Ordinal), Uids("### 8.1").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_transfer_syntaxes_are_those_we_take() =>
        Assert.Equal(TransferSyntaxes.Known.Order(StringComparer.Ordinal), Uids("### 8.2").Order(StringComparer.Ordinal));

    [Fact]
    public void Its_limits_and_time_outs_are_the_defaults()
    {
        var (server, listener) = (new DicomServerOptions(), new DicomListenerOptions());
        Dictionary<string, object> defaults = new()
        {
            ["Dicom:MaxAssociations"] = listener.MaxAssociations,
            ["Dicom:MaxConnections"] = server.MaxConnections,
            ["Dicom:MaxConnectionsPerAddress"] = server.MaxConnectionsPerAddress,
            ["Dicom:MinimumRate"] = server.MinimumRate,
            ["Dicom:Tls:HandshakeTimeout"] = new DicomTlsOptions().HandshakeTimeout,
            ["Dicom:MaxPduLength"] = server.MaxPduLength,
            ["Dicom:ArtimTimeout"] = server.ArtimTimeout,
            ["Dicom:IdleTimeout"] = server.IdleTimeout,
            ["Dicom:DimseTimeout"] = server.DimseTimeout,
        };

        var told = LimitRow().Matches(Statement).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

        Assert.Equal(defaults.ToDictionary(pair => pair.Key, pair => Convert.ToString(pair.Value, CultureInfo.InvariantCulture)!), told);
    }

    [Fact]
    public void Its_time_outs_as_a_user_are_the_defaults()
    {
        var client = new DicomClientOptions { Host = "", Port = 1, CalledAe = AeTitle.Parse("A"), CallingAe = AeTitle.Parse("B") };

        Assert.Contains($"| connection | {client.ConnectTimeout} |", Statement, StringComparison.Ordinal);
        Assert.Contains(
            $"| answer to A-ASSOCIATE-RQ and A-RELEASE-RQ | {client.AssociationTimeout} |", Statement, StringComparison.Ordinal);
        Assert.Contains($"| answer to a message | {client.DimseTimeout} |", Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_refusals_are_those_we_send()
    {
        AssociationRejection[] sent =
        [
            AssociationRejection.CalledAeNotRecognized, AssociationRejection.CallingAeNotRecognized,
            AssociationRejection.ApplicationContextNotSupported, AssociationRejection.ProtocolVersionNotSupported,
            AssociationRejection.TemporaryCongestion, AssociationRejection.LocalLimitExceeded,
        ];

        var told = RefusalRow().Matches(Statement).Select(row => row.Groups[1].Value);

        Assert.Equal(
            sent.Select(r => $"{r.Result}/{r.Source}/{r.Reason}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_says_who_we_are()
    {
        Assert.Contains($"`{Implementation.ClassUid}`", Statement, StringComparison.Ordinal);
        Assert.Contains($"`{Implementation.VersionName}`", Statement, StringComparison.Ordinal);
        Assert.Contains(
            $"`Dicom:CommitmentWait` (default {new DicomListenerOptions().CommitmentWait})", Statement, StringComparison.Ordinal);
        Assert.Contains($"at most {CommitmentRequest.MaxInstances} instances", Statement.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Uids(string heading)
    {
        var start = Statement.IndexOf(heading, StringComparison.Ordinal);
        var end = Statement.IndexOf("\n#", start, StringComparison.Ordinal);
        return UidCell().Matches(Statement[start..(end < 0 ? ^0 : end)]).Select(cell => cell.Groups[1].Value);
    }

    [GeneratedRegex(@"\| `([\d.]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex UidCell();

    [GeneratedRegex(@"^\|[^|]+\| `(Dicom:[\w:]+)` \| (\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex LimitRow();

    [GeneratedRegex(@"^\|[^|]+\| (\d/\d/\d) \|$", RegexOptions.Multiline)]
    private static partial Regex RefusalRow();
}
