namespace Gateway.Dicom;

/// <summary>What PS3.6 says of one element: its tag (null for one of a
/// repeating group), its value representations (the first is the usual one), the most values it may have, its keyword.</summary>
internal sealed record DicomElementEntry(DicomTag? Tag, DicomVR[] Representations, int MostValues, string Keyword);
