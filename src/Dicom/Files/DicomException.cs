namespace Gateway.Dicom;

/// <summary>Something a data set, a file or a value does not allow (PS3.5 section 7, PS3.10 section 7).</summary>
public abstract class DicomException : Exception
{
    protected DicomException(string message) : base(message) { }

    protected DicomException(string message, Exception innerException) : base(message, innerException) { }
}
