using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>The part of OpenJPEG 2's C interface that decoding takes.</summary>
internal static partial class Jpeg2000Api
{
    public const string Library = "openjp2";

    public const int Codestream = 0;

    /// <summary>More than <c>opj_dparameters_t</c> takes in any version 2.</summary>
    public const int ParametersLength = 16_384;

    public static Version Version => Version.TryParse(Marshal.PtrToStringUTF8(VersionText()), out var version) ? version : new();

    [StructLayout(LayoutKind.Sequential)]
    internal struct Image
    {
        public uint X0, Y0, X1, Y1;
        public uint ComponentCount;
        public int ColourSpace;
        public nint Components;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Component
    {
        public uint Dx, Dy, Width, Height, X0, Y0, Precision, BitsPerPixel, Signed, ResolutionsDecoded, Factor;
        public nint Data;
        public ushort Alpha;
    }

    /// <summary>Fills a buffer of the library's; returns how many bytes, or all ones at the end.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate nuint Read(nint buffer, nuint length, nint user);

    /// <summary>Passes over bytes; returns how many, or -1 at the end.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate long Skip(long length, nint user);

    /// <summary>Goes to a byte from the beginning; returns 0 when it is not there.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int Seek(long position, nint user);

    internal abstract class Handle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;
    }

    internal sealed class Codec : Handle
    {
        protected override bool ReleaseHandle()
        {
            DestroyCodec(handle);
            return true;
        }
    }

    internal sealed class Stream : Handle
    {
        protected override bool ReleaseHandle()
        {
            DestroyStream(handle);
            return true;
        }
    }

    internal sealed class ImageHandle : Handle
    {
        protected override bool ReleaseHandle()
        {
            DestroyImage(handle);
            return true;
        }
    }

    [LibraryImport(Library, EntryPoint = "opj_version")]
    private static partial nint VersionText();

    [LibraryImport(Library, EntryPoint = "opj_create_decompress")]
    internal static partial Codec CreateDecoder(int format);

    [LibraryImport(Library, EntryPoint = "opj_destroy_codec")]
    private static partial void DestroyCodec(nint codec);

    [LibraryImport(Library, EntryPoint = "opj_set_default_decoder_parameters")]
    internal static partial void SetDefaults(Span<byte> parameters);

    [LibraryImport(Library, EntryPoint = "opj_setup_decoder")]
    internal static partial int SetUp(Codec codec, Span<byte> parameters);

    [LibraryImport(Library, EntryPoint = "opj_stream_create")]
    internal static partial Stream CreateStream(nuint bufferLength, int isInput);

    [LibraryImport(Library, EntryPoint = "opj_stream_destroy")]
    private static partial void DestroyStream(nint stream);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_read_function")]
    internal static partial void SetRead(Stream stream, Read read);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_skip_function")]
    internal static partial void SetSkip(Stream stream, Skip skip);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_seek_function")]
    internal static partial void SetSeek(Stream stream, Seek seek);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_user_data_length")]
    internal static partial void SetLength(Stream stream, ulong length);

    [LibraryImport(Library, EntryPoint = "opj_read_header")]
    internal static partial int ReadHeader(Stream stream, Codec codec, out ImageHandle image);

    [LibraryImport(Library, EntryPoint = "opj_decode")]
    internal static partial int Decode(Codec codec, Stream stream, ImageHandle image);

    [LibraryImport(Library, EntryPoint = "opj_image_destroy")]
    private static partial void DestroyImage(nint image);
}
