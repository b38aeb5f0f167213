namespace Gateway.Dicom;

/// <summary>A data set lacks a value, or holds one that is not what was asked for.</summary>
public class DicomDataException : DicomException
{
    public DicomDataException(string message) : base(message) { }

    public DicomDataException(string message, Exception innerException) : base(message, innerException) { }
}
