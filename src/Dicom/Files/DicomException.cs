namespace Gateway.Dicom;

/// <summary>A data set, a file or a value does not allow an operation (PS3.5 section 7, PS3.10 section 7).</summary>
public abstract class DicomException : Exception
{
    protected DicomException(string message) : base(message) { }

    protected DicomException(string message, Exception innerException) : base(message, innerException) { }
}
