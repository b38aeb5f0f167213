namespace Gateway.Dicom;

/// <summary>Bytes that are not the DICOM file they claim to be.</summary>
public sealed class DicomFileException : DicomDataException
{
    public DicomFileException(DicomFile? file, string message) : base(message) => File = file;

    public DicomFileException(DicomFile? file, string message, Exception innerException) : base(message, innerException) => File = file;

    /// <summary>What could be read when nothing but the end of the pixel data is missing (its <see cref="DicomFile.IsPartial"/> is then
    /// true); otherwise null.</summary>
    public DicomFile? File { get; }
}
