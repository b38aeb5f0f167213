using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>A decoder of the operating system's that is used where it is installed.</summary>
/// <param name="name">The name that <c>LibraryImport</c> gives it.</param>
/// <param name="files">File names of the library on different systems, the likeliest first.</param>
/// <param name="package">Name of the package on Debian.</param>
internal sealed class SharedLibrary(string name, string[] files, string package)
{
    public static readonly SharedLibrary CharLs = new(
        JpegLsApi.Library, ["libcharls.so.2", "libcharls.2.dylib", "charls-2-x64"], "libcharls2");

    public static readonly SharedLibrary OpenJpeg = new(
        Jpeg2000Api.Library, ["libopenjp2.so.7", "libopenjp2.7.dylib", "openjp2"], "libopenjp2-7");

    private readonly Lazy<nint> _handle = new(
        () => files.Select(file => NativeLibrary.TryLoad(file, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0));

    static SharedLibrary() => NativeLibrary.SetDllImportResolver(typeof(SharedLibrary).Assembly,
        (library, _, _) => new[] { CharLs, OpenJpeg }.FirstOrDefault(known => known.Name == library)?._handle.Value ?? 0);

    private string Name { get; } = name;

    /// <exception cref="DicomDataException">It is not installed; the message names the transfer syntax and the package.</exception>
    public void Require(DicomTransferSyntax syntax)
    {
        if (_handle.Value == 0)
            throw new DicomDataException(
                $"The transfer syntax {syntax.UID.Name} ({syntax.UID.UID}) cannot be decoded: {files[0]} is not installed (Debian: {package}).");
    }
}
