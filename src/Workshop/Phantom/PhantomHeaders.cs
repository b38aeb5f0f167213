using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Workshop.Phantom;

/// <summary>The attributes of a phantom's images: Type 1 and 2 of the MR Image (PS3.3 A.4) and CT Image (A.3)
/// IODs, and those that people look
/// at.</summary>
internal sealed class PhantomHeaders(PhantomSeriesOptions options)
{
    private readonly PhantomScan _scan = PhantomScan.Of(options.Kind);
    private readonly DateTime _day = new DateTime(2025, 1, 6).AddDays(options.Seed % 300);

    public DicomDataset For(int index, PhantomPlane plane)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        AddPatientAndStudy(dataset);
        AddSeries(dataset);
        AddImage(dataset, index, plane);
        if (_scan.Profile.IsHounsfield)
            AddCt(dataset);
        else
            AddMr(dataset);
        return dataset;
    }

    private void AddPatientAndStudy(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        dataset.AddOrUpdate(DicomTag.PatientName, "PHANTOM^DIGITAL");
        dataset.AddOrUpdate(DicomTag.PatientID, $"PHANTOM-{options.Seed}");
        dataset.AddOrUpdate(DicomTag.PatientBirthDate, "19700101");
        dataset.AddOrUpdate(DicomTag.PatientSex, "O");
        dataset.AddOrUpdate(DicomTag.StudyInstanceUID, Uid("study", options.Study ?? options.Kind.ToString()));
        dataset.AddOrUpdate(DicomTag.StudyDate, Date());
        dataset.AddOrUpdate(DicomTag.StudyTime, "101500");
        dataset.AddOrUpdate(DicomTag.AccessionNumber, $"A{options.Seed}");
        dataset.AddOrUpdate(DicomTag.ReferringPhysicianName, "");
        dataset.AddOrUpdate(DicomTag.StudyID, "1");
        dataset.AddOrUpdate(DicomTag.StudyDescription, _scan.StudyDescription);
    }

    private void AddSeries(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.Modality, _scan.Profile.DicomModality);
        dataset.AddOrUpdate(DicomTag.SeriesInstanceUID, Uid("series", SeriesKey));
        dataset.AddOrUpdate(DicomTag.SeriesNumber, (1 + (int)options.Kind).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.SeriesDescription, _scan.Description);
        dataset.AddOrUpdate(DicomTag.SeriesDate, Date());
        dataset.AddOrUpdate(DicomTag.SeriesTime, "102000");
        dataset.AddOrUpdate(DicomTag.BodyPartExamined, _scan.BodyPart);
        dataset.AddOrUpdate(DicomTag.PatientPosition, "HFS");
        dataset.AddOrUpdate(DicomTag.FrameOfReferenceUID, Uid("frame", options.Kind.ToString()));
        dataset.AddOrUpdate(DicomTag.PositionReferenceIndicator, "");
        dataset.AddOrUpdate(DicomTag.Manufacturer, "Gateway digital head phantom");
        dataset.AddOrUpdate(DicomTag.ManufacturerModelName, "HeadPhantom");
    }

    private void AddImage(DicomDataset dataset, int index, PhantomPlane plane)
    {
        dataset.AddOrUpdate(DicomTag.SOPClassUID, _scan.Profile.SopClass);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, Uid("instance", $"{SeriesKey}|{index}"));
        dataset.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", _scan.Profile.ImageType);
        dataset.AddOrUpdate(DicomTag.InstanceNumber, (index + 1).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.AcquisitionNumber, "1");
        dataset.AddOrUpdate(DicomTag.AcquisitionDate, Date());
        dataset.AddOrUpdate(DicomTag.AcquisitionTime, "102010");
        dataset.AddOrUpdate(DicomTag.ContentDate, Date());
        dataset.AddOrUpdate(DicomTag.ContentTime, "102100");
        dataset.AddOrUpdate(DicomTag.ImagePositionPatient, Decimals(plane.Origin));
        dataset.AddOrUpdate(DicomTag.ImageOrientationPatient, [.. Decimals(plane.Row), .. Decimals(plane.Column)]);
        dataset.AddOrUpdate(DicomTag.PixelSpacing, Decimal(options.Spacing), Decimal(options.Spacing));
        dataset.AddOrUpdate(DicomTag.SliceThickness, Decimal(plane.Thickness));
        dataset.AddOrUpdate(DicomTag.SpacingBetweenSlices, Decimal(options.SliceSpacing));
        dataset.AddOrUpdate(DicomTag.SliceLocation, Decimal(Vector3.Dot(plane.Origin, plane.Normal)));
        dataset.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.AddOrUpdate(DicomTag.Rows, (ushort)plane.Height);
        dataset.AddOrUpdate(DicomTag.Columns, (ushort)plane.Width);
        dataset.AddOrUpdate(DicomTag.BitsAllocated, (ushort)16);
        dataset.AddOrUpdate(DicomTag.BitsStored, (ushort)12);
        dataset.AddOrUpdate(DicomTag.HighBit, (ushort)11);
        dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)0);
    }

    private void AddCt(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.KVP, "120");
        dataset.AddOrUpdate(DicomTag.GantryDetectorTilt, "0");
        dataset.AddOrUpdate(DicomTag.ConvolutionKernel, "BRAIN");
        dataset.AddOrUpdate(DicomTag.RescaleIntercept, Decimal(PhantomSeries.CtIntercept));
        dataset.AddOrUpdate(DicomTag.RescaleSlope, "1");
        dataset.AddOrUpdate(DicomTag.RescaleType, "HU");
        dataset.AddOrUpdate(DicomTag.WindowCenter, "40");
        dataset.AddOrUpdate(DicomTag.WindowWidth, "80");
        if (_scan.ContrastAgent is { } agent)
            dataset.AddOrUpdate(DicomTag.ContrastBolusAgent, agent);
    }

    private void AddMr(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.ScanningSequence, _scan.ScanningSequence);
        dataset.AddOrUpdate(DicomTag.SequenceVariant, "SK");
        dataset.AddOrUpdate(DicomTag.ScanOptions, "");
        dataset.AddOrUpdate(DicomTag.MRAcquisitionType, "2D");
        dataset.AddOrUpdate(DicomTag.EchoTime, _scan.Times.Echo);
        dataset.AddOrUpdate(DicomTag.RepetitionTime, _scan.Times.Repetition);
        dataset.AddOrUpdate(DicomTag.EchoTrainLength, "12");
        dataset.AddOrUpdate(DicomTag.MagneticFieldStrength, "1.5");
        dataset.AddOrUpdate(DicomTag.FlipAngle, "150");
        if (_scan.Inversion is { } inversion)
            dataset.AddOrUpdate(DicomTag.InversionTime, inversion);
    }

    // Holds everything that changes the bytes, so that two different objects never share a UID.
    private string SeriesKey => $"{options.Study}|{options.Kind}|{options.Slices}|{Decimal(options.SliceSpacing)}|{options.Size}|"
        + $"{Decimal(options.Spacing)}|{options.LeftMarker}|{options.ShortPixelData}";

    /// <summary>A UID computed from a name: 2.25 and the digest as a UUID (PS3.5 B.2).</summary>
    private DicomUID Uid(string level, string key)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"head-phantom|{options.Seed}|{level}|{key}"));
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);   // version 8: its own kind of name
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return DicomUID.Parse($"2.25.{new BigInteger(digest.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}");
    }

    private string Date() => _day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string[] Decimals(Vector3 v) => [Decimal(v.X), Decimal(v.Y), Decimal(v.Z)];

    private static string Decimal(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
