using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>The part of CharLS 2's C interface that decoding takes.</summary>
internal static partial class JpegLsApi
{
    public const string Library = "charls";

    public const int InterleaveNone = 0;

    /// <summary>There is no marker after the samples.</summary>
    public const int NoMarkerAfterSamples = 12;

    [StructLayout(LayoutKind.Sequential)]
    internal struct FrameInfo
    {
        public uint Width;
        public uint Height;
        public int BitsPerSample;
        public int ComponentCount;
    }

    internal sealed class Decoder() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            Destroy(handle);
            return true;
        }
    }

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_create")]
    internal static partial Decoder Create();

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_destroy")]
    private static partial void Destroy(nint decoder);

    /// <param name="source">Stays where it is until the frame is decoded.</param>
    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    internal static partial int SetSource(Decoder decoder, nint source, nuint length);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_read_header")]
    internal static partial int ReadHeader(Decoder decoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    internal static partial int GetFrameInfo(Decoder decoder, out FrameInfo info);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_interleave_mode")]
    internal static partial int GetInterleaveMode(Decoder decoder, out int mode);

    /// <param name="stride">Bytes from the start of one row to the start of the next; 0: rows without padding.</param>
    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    internal static partial int Decode(Decoder decoder, Span<byte> samples, nuint length, uint stride);
}
