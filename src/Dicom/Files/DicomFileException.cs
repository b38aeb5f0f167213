namespace Gateway.Dicom;

/// <summary>Bytes that are not the DICOM file they claim to be (PS3.10 section 7).</summary>
public sealed class DicomFileException : DicomDataException
{
    /// <summary>What is wrong with the file (PS3.10 section 7), and what could be read of it.</summary>
    public DicomFileException(DicomFile? file, string message) : base(message) => File = file;

    /// <summary>What is wrong with the file (PS3.10 section 7), what could be read of it, and why.</summary>
    public DicomFileException(DicomFile? file, string message, Exception innerException) : base(message, innerException) => File = file;

    /// <summary>What could be read when nothing but the end of the pixel data is missing (its <see cref="DicomFile.IsPartial"/> is then
    /// true); otherwise null (PS3.10 section 7).</summary>
    public DicomFile? File { get; }
}
