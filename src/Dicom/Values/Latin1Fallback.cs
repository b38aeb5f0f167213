using System.Text;

namespace Gateway.Dicom;

/// <summary>Reads bytes that the declared character set does not have as Latin-1: what is declared is not
/// always what was written.</summary>
internal sealed class Latin1Fallback : DecoderFallback
{
    private const int LongestUnknown = 4;

    public override int MaxCharCount => LongestUnknown;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Characters();

    private sealed class Characters : DecoderFallbackBuffer
    {
        private byte[] _unknown = [];
        private int _next;

        public override int Remaining => _unknown.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_unknown, _next) = (bytesUnknown, 0);
            return _unknown.Length > 0;
        }

        public override char GetNextChar() => Remaining > 0 ? (char)_unknown[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset() => (_unknown, _next) = ([], 0);
    }
}
