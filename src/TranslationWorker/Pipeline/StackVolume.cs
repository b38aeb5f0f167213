using Gateway.DicomCodecs;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>The volume of the stack that is translated. Its slices are read as they are used.</summary>
internal static class StackVolume
{
    /// <param name="stack">The stack that eligibility chose.</param>
    /// <param name="memory">Holds pixels and open files; the volume lives no longer.</param>
    /// <param name="ask">Throws where the work was cancelled; asked before each reading.</param>
    /// <exception cref="VolumeException">The images form no volume.</exception>
    public static Volume Of(StackChoice stack, DecodedSlices memory, Action ask)
    {
        return Volume.FromDicom(
            stack.Sources.Select(source => new StoredImage(() => Open(source), DicomDecoder.Decode) { Frames = source.Frames }), memory);

        Stream Open(SourceInstance source)
        {
            ask();
            return source.Open();
        }
    }
}
