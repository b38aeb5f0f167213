using System.Collections;

namespace Gateway.Dicom;

/// <summary>A sequence of items, each a data set (PS3.5 section 7.5).</summary>
public sealed class DicomSequence(DicomTag tag, params DicomDataset[] items) : DicomItem(tag), IEnumerable<DicomDataset>
{
    /// <inheritdoc/>
    public override DicomVR ValueRepresentation => DicomVR.SQ;

    /// <summary>The items in order (PS3.5 section 7.5.1); may be empty.</summary>
    public IList<DicomDataset> Items { get; } = [.. items];

    /// <summary>Whether it ends by a delimiter rather than by a length; kept as read, so that writing gives the same bytes. One that is
    /// made or copied here has a length, as most archives write it: what comes back from them then has the bytes it went with.</summary>
    internal bool Delimited { get; init; }

    /// <summary>The items in order (PS3.5 section 7.5.1); may be empty.</summary>
    public IEnumerator<DicomDataset> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal DicomSequence Clone() =>
        new(Tag, [.. Items.Select(item => item.Clone())]) { Delimited = Delimited, ReadAs = ReadAs };

    internal override DicomItem Copy() => new DicomSequence(Tag, [.. Items.Select(WithLengths)]);

    private static DicomDataset WithLengths(DicomDataset item)
    {
        var copy = new DicomDataset(item.InternalTransferSyntax).NotValidated();
        item.CopyTo(copy);
        return copy;
    }
}
