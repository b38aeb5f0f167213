namespace Gateway.Dicom;

/// <summary>A data set lacks a value, or its value is not of the kind that was asked for (PS3.5 section 7).</summary>
public class DicomDataException : DicomException
{
    /// <summary>What is wrong, and with which element (PS3.5 section 7).</summary>
    public DicomDataException(string message) : base(message) { }

    /// <summary>What is wrong, with which element (PS3.5 section 7), and why.</summary>
    public DicomDataException(string message, Exception innerException) : base(message, innerException) { }
}
