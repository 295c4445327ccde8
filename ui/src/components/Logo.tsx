/** The app's logo: the layers of an image under a magnifying glass. */
import styles from "./Logo.module.css";
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles.logo} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="30" height="30" rx="7" fill="#0b5cad" />
      <path d="M6 19.5 15 24l9-4.5M6 15l9 4.500L24 15" fill="none" stroke="#9fd0ff" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
      <path d="M15 6 6 10.500 15 15l9-4.500Z" fill="#ffffff" />
      <circle cx="21.500" cy="20.500" r="4.700" fill="#0b5cad" stroke="#ffb84d" strokeWidth="2.200" />
      <path d="m25 24 3.200 3.200" stroke="#ffb84d" strokeWidth="2.600" strokeLinecap="round" />
    </svg>
  );
}
