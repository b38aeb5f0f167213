namespace Gateway.Dicom;

/// <summary>Something a data set, a file or a value does not allow.</summary>
public abstract class DicomException : Exception
{
    protected DicomException(string message) : base(message) { }

    protected DicomException(string message, Exception innerException) : base(message, innerException) { }
}
