using System.Runtime.CompilerServices;

using Gateway.DicomCodecs;
using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>Instances as <c>application/dicom</c> (PS3.18 section 10.4.1.1.1): as they are stored, or decoded.</summary>
internal sealed class InstanceParts(IObjectStore objects, DicomWebAddress address)
{
    public const string MediaType = "application/dicom";

    private const int CopyBytes = 256 * 1024;

    /// <summary>Each instance in the transfer syntax that <see cref="SyntaxMedia.Negotiate"/> gave for it.</summary>
    /// <exception cref="DicomDataException">One cannot be decoded.</exception>
    public async IAsyncEnumerable<Part> OfAsync(
        IEnumerable<(StoredInstance Instance, string Syntax)> instances, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var (instance, syntax) in instances)
        {
            var type = $"{MediaType};transfer-syntax={syntax}";
            if (syntax == instance.Syntax)
            {
                await using var stream = objects.OpenRead(instance.Sha256);
                yield return new(type, address.Instance(instance), (to, stop) => stream.CopyToAsync(to, CopyBytes, stop));
            }
            else
            {
                using var stored = StoredObject.Open(objects, instance.Sha256);
                var file = new DicomFile(Decoded(stored.Dataset));
                yield return new(type, address.Instance(instance), (to, _) => file.SaveAsync(to));
            }
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static DicomDataset Decoded(DicomDataset stored)
    {
        if (stored.Contains(DicomTag.PixelData))
            return DicomDecoder.Decode(stored);
        var copy = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        stored.CopyTo(copy);
        return copy;
    }
}
