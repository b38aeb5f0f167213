using System.Text;
using Gateway.DicomNetwork;

namespace Gateway.Fuzzing.Targets;

/// <summary>The scan of a data set while it streams by (PS3.5 §7), in one transfer syntax; it refuses nothing, and how the bytes were cut
/// makes no difference.</summary>
public sealed class HeaderTarget(string name, DicomTransferSyntax syntax) : FuzzTarget
{
    private const int Piece = 7;

    public override string Name => name;

    public override IReadOnlyList<byte[]> Seeds { get; } = [WireSeeds.DataSet(syntax)];

    public override IReadOnlyList<byte[]> Words => SampleData.Words;

    public override void Run(byte[] input)
    {
        var (whole, pieces) = (Scan(input, input.Length + 1), Scan(input, Piece));
        if (whole != pieces)
            throw new FuzzException("A data set scans differently when it comes in pieces.");
    }

    public override bool IsRefusal(Exception e) => false;

    private string Scan(byte[] input, int piece)
    {
        using var scan = new HeaderScan(syntax.UID.UID);
        for (var at = 0; at < input.Length; at += piece)
            scan.Feed(input.AsSpan(at, Math.Min(piece, input.Length - at)));
        var header = scan.Complete();
        if (header.Malformed is not null)
            return "malformed";    // what came before a damaged deflate stream's fault depends on how much of it was there to inflate
        var found = new StringBuilder($"{header.PixelDataShort} {header.SopInstanceUid}");
        foreach (var tag in Enum.GetValues<HeaderTag>())
            found.Append('|').Append(header.GetText(tag)).Append(header.GetInteger(tag));
        return found.ToString();
    }
}
