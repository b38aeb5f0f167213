namespace Gateway.Dicom;

/// <summary>The entry of PS3.6 for one element: its tag (null for an element of a repeating group), its value
/// representations (the usual one
/// first), the largest number of values, its keyword.</summary>
internal sealed record DicomElementEntry(DicomTag? Tag, DicomVR[] Representations, int MostValues, string Keyword);
