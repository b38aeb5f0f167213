namespace Gateway.Dicom;

/// <summary>Bytes that are not the DICOM file they claim to be (PS3.10 section 7).</summary>
public sealed class DicomFileException : DicomDataException
{
    /// <summary>Takes what is wrong with the file (PS3.10 section 7), and what could be read of it.</summary>
    public DicomFileException(DicomFile? file, string message) : base(message) => File = file;

    /// <summary>Takes what is wrong with the file (PS3.10 section 7), what could be read of it, and the cause.</summary>
    public DicomFileException(DicomFile? file, string message, Exception innerException) : base(message, innerException) => File = file;

    /// <summary>What could be read, if only the end of the pixel data is missing (its
    /// <see cref="DicomFile.IsPartial"/> is then true); otherwise
    /// null (PS3.10 section 7).</summary>
    public DicomFile? File { get; }
}
